package com.quiltdata.mcp.storage.s3;

import static java.nio.charset.StandardCharsets.UTF_8;

/// What S3 answers to who lists a full page.
public final class ListedPage {
  private ListedPage() {}

  /// A thousand objects, keys of 48 characters, and more behind them.
  public static byte[] ofThousand() {
    StringBuilder xml =
        new StringBuilder(
            """
            <?xml version="1.0" encoding="UTF-8"?>
            <ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Name>some-bucket</Name>\
            <Prefix></Prefix><KeyCount>1000</KeyCount><MaxKeys>1000</MaxKeys><EncodingType>url</EncodingType>\
            <IsTruncated>true</IsTruncated><NextContinuationToken>1ueGcxLPRx1Tr</NextContinuationToken>\
            """);
    for (int i = 0; i < 1_000; i++) {
      xml.append(
          """
          <Contents><Key>experiments/2026/plate%%2B%04d/reads+of+sample.fastq</Key>\
          <LastModified>2026-11-26T12:34:56.000Z</LastModified><ETag>&quot;%032x&quot;</ETag>\
          <ChecksumAlgorithm>CRC64NVME</ChecksumAlgorithm><ChecksumType>FULL_OBJECT</ChecksumType>\
          <Size>%d</Size><StorageClass>STANDARD</StorageClass></Contents>\
          """
              .formatted(i, i * 7_919L, i * 1_013L));
    }
    return xml.append("</ListBucketResult>").toString().getBytes(UTF_8);
  }
}
