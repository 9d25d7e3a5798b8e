package com.quiltdata.mcp.storage.s3;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.quiltdata.mcp.storage.BucketName;
import com.quiltdata.mcp.storage.ListRequest;
import com.quiltdata.mcp.storage.ObjectInfo;
import com.quiltdata.mcp.storage.ObjectPage;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ListedXmlTest {
  private static final ListRequest REQUEST = ListRequest.of(new BucketName("some-bucket"), "");

  private static ObjectPage page(String xml) {
    return ListedXml.page(REQUEST, xml.getBytes(UTF_8));
  }

  @Test
  void readsFullPage() {
    ObjectPage page = ListedXml.page(REQUEST, ListedPage.ofThousand());
    assertThat(page.objects()).hasSize(1_000);
    ObjectInfo last = page.objects().getLast();
    assertThat(last.location().key())
        .isEqualTo("experiments/2026/plate+0999/reads of sample.fastq");
    assertThat(last.sizeBytes()).isEqualTo(999L * 1_013);
    assertThat(last.lastModified()).isEqualTo(Instant.parse("2026-11-26T12:34:56Z"));
    assertThat(last.etag()).matches("[0-9a-f]{32}");
    assertThat(ListPlace.of(REQUEST.from(page.nextToken().orElseThrow())))
        .contains(ListPlace.at("1ueGcxLPRx1Tr"));
  }

  @Test
  void readsWhateverTheOrderAndForm() {
    ObjectPage page =
        page(
            """
            <?xml version="1.0"?><!-- by hand -->
            <ListBucketResult xmlns="x">
              <Contents>
                <Owner><ID>1</ID><DisplayName>Key</DisplayName></Owner>
                <Size>7</Size><Key>a%26&amp;&#x41;&#66;&lt;&gt;&quot;&apos;</Key><ETag/>
                <LastModified>2026-11-26T12:34:56Z</LastModified>
                <StorageClass>GLACIER</StorageClass>
              </Contents>
              <CommonPrefixes><Prefix>b+c/</Prefix></CommonPrefixes><Prefix>no</Prefix>
              <EncodingType>url</EncodingType><IsTruncated>false</IsTruncated>
            </ListBucketResult>
            """);
    ObjectInfo only = page.objects().getFirst();
    assertThat(only.location().key()).isEqualTo("a&&AB<>\"'");
    assertThat(only.etag()).isEmpty();
    assertThat(only.storageClass()).isEqualTo("GLACIER");
    assertThat(only.lastModified()).isEqualTo(Instant.parse("2026-11-26T12:34:56Z"));
    assertThat(page.commonPrefixes()).containsExactly("b c/");
    assertThat(page.nextToken()).isEmpty();
  }

  @Test
  void leavesKeysThatAreNotEncoded() {
    assertThat(
            page("<ListBucketResult><CommonPrefixes><Prefix>b+%41</Prefix></CommonPrefixes></ListBucketResult>")
                .commonPrefixes())
        .containsExactly("b+%41");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "<html></html>",
        "<Error><Code>x</Code></Error>",
        "<ListBucketResult>",
        "<ListBucketResult><Contents><Key>a",
        "<ListBucketResult><Contents><Key>a</Key></ListBucketResult",
        "<ListBucketResult><Contents><Size>x</Size></Contents></ListBucketResult>",
        "<ListBucketResult><EncodingType>&x;</EncodingType></ListBucketResult>",
      })
  void refusesWhatIsNoListing(String xml) {
    assertThatThrownBy(() -> page(xml)).isInstanceOf(IllegalArgumentException.class);
  }
}
