package com.quiltdata.mcp.checker;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLDecoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;

/// A registry behind a stand-in for S3 that wants to see a signature and does not check it.
///
/// @param client sends requests
/// @param endpoint for example `http://127.0.0.1:5000`
/// @param bucket the registry
public record HttpShelf(HttpClient client, URI endpoint, String bucket) implements Shelf {
  /// A bucket of a server that asks for no signature.
  public static HttpShelf of(URI endpoint, String bucket) {
    return new HttpShelf(HttpClient.newHttpClient(), endpoint, bucket);
  }

  private static final String SIGNED =
      "AWS4-HMAC-SHA256 Credential=any/20260101/us-east-1/s3/aws4_request, SignedHeaders=host, Signature=0";

  @Override
  public List<String> keys(String prefix) throws IOException {
    List<String> keys = new ArrayList<>();
    String token = "";
    do {
      String query =
          "?list-type=2&encoding-type=url&prefix="
              + Percent.encode(prefix, "")
              + (token.isEmpty() ? "" : "&continuation-token=" + Percent.encode(token, ""));
      Document page = xml(get(endpoint + "/" + bucket + query).orElseThrow());
      NodeList found = page.getElementsByTagName("Key");
      for (int i = 0; i < found.getLength(); i++) {
        keys.add(URLDecoder.decode(found.item(i).getTextContent(), UTF_8));
      }
      NodeList next = page.getElementsByTagName("NextContinuationToken");
      token = next.getLength() == 0 ? "" : next.item(0).getTextContent();
    } while (!token.isEmpty());
    return keys;
  }

  private static Document xml(InputStream in) throws IOException {
    try (in) {
      return DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(in);
    } catch (javax.xml.parsers.ParserConfigurationException | org.xml.sax.SAXException e) {
      throw new IOException(e);
    }
  }

  @Override
  public Optional<InputStream> open(String key) throws IOException {
    return object(bucket, key, Optional.empty());
  }

  @Override
  public Optional<InputStream> object(String where, String key, Optional<String> version)
      throws IOException {
    String query = version.map(id -> "?versionId=" + Percent.encode(id, "")).orElse("");
    return get(endpoint + "/" + where + "/" + Percent.encode(key, "/") + query);
  }

  private Optional<InputStream> get(String uri) throws IOException {
    try {
      HttpResponse<byte[]> response =
          client.send(
              HttpRequest.newBuilder(URI.create(uri)).header("Authorization", SIGNED).build(),
              HttpResponse.BodyHandlers.ofByteArray());
      return response.statusCode() == 200
          ? Optional.of(new ByteArrayInputStream(response.body()))
          : Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }

  @Override
  public Optional<InputStream> file(String path) {
    return Optional.empty();
  }
}
