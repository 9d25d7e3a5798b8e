package com.quiltdata.mcp.storage.s3;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.quiltdata.mcp.fault.Fault;
import com.quiltdata.mcp.storage.BucketName;
import com.quiltdata.mcp.storage.ListRequest;
import com.quiltdata.mcp.storage.ObjectPage;
import java.time.DateTimeException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;

/// Any bytes as a listing. The seeds run as tests; `.ci/fuzz` looks for more.
@Timeout(value = 10, unit = TimeUnit.MINUTES)
final class ListedXmlFuzzTest {
  private static final ListRequest REQUEST = ListRequest.of(new BucketName("some-bucket"), "");

  @FuzzTest
  void readsOrRefusesAnyBytes(byte[] bytes) {
    try {
      ObjectPage page = ListedXml.page(REQUEST, bytes);
      page.nextToken()
          .ifPresent(token -> assertThat(ListPlace.of(REQUEST.from(token))).isPresent());
    } catch (IllegalArgumentException | DateTimeException | Fault refused) {
      assertThat(refused.getMessage()).isNotNull();
    }
  }
}
