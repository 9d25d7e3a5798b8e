package com.quiltdata.mcp.auth;

import com.quiltdata.mcp.fault.Fault;
import com.quiltdata.mcp.fault.FaultCode;
import com.quiltdata.mcp.json.JsonLimits;
import com.quiltdata.mcp.json.MalformedJsonException;
import com.quiltdata.mcp.json.StrictJson;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// The keys that a store kept when it was read, and since when.
///
/// A stored text is a secret, or a JSON object of several: `{"kid": "secret", …}`, the current one
/// first. Each must be fit for production; a text of which one is not is no text at all.
///
/// @param current keys of the text that is kept now
/// @param previous keys of the text before
/// @param changedAt when the current text was written
/// @param hasSpace whether a current secret begins or ends with white space
public record DatedKeys(
    List<SigningKey> current, List<SigningKey> previous, Instant changedAt, boolean hasSpace) {
  private static final int MAX_KEYS = 8;
  private static final StrictJson JSON =
      new StrictJson(new JsonLimits(2, 100, 100, JsonLimits.DEFAULT.maxNameChars()));

  /// Copies the lists.
  public DatedKeys {
    current = List.copyOf(current);
    previous = List.copyOf(previous);
  }

  /// Reads what a store keeps. A previous text that is not fit is left out.
  ///
  /// @param stored what it keeps
  /// @param keyId the `kid` of a text that is a secret, empty when `kid` plays no part
  /// @param place where it is kept, in words
  /// @return the keys
  /// @throws Fault [FaultCode#CORRUPT_DATA] saying what is wrong with the current text, without any
  ///   part of it
  public static DatedKeys of(StoredSecret stored, Optional<String> keyId, String place) {
    List<SigningKey> current;
    try {
      current = keys(stored.current(), keyId);
    } catch (IllegalArgumentException e) {
      throw new Fault(FaultCode.CORRUPT_DATA, "%s %s".formatted(place, e.getMessage()));
    }
    return new DatedKeys(
        current,
        stored.previous().map(text -> keysIfFit(text, keyId)).orElse(List.of()),
        stored.changedAt(),
        current.stream()
            .anyMatch(key -> key.secret().findings().contains(SecretFinding.SURROUNDING_SPACE)));
  }

  /// The keys that hold at a moment: the current ones, and the previous ones for a while after the
  /// change.
  ///
  /// @param now the moment
  /// @param overlap the while
  public List<SigningKey> at(Instant now, Duration overlap) {
    if (previous.isEmpty() || !now.isBefore(changedAt.plus(overlap))) {
      return current;
    }
    List<SigningKey> both = new ArrayList<>(current);
    previous.stream().filter(key -> !current.contains(key)).forEach(both::add);
    return List.copyOf(both);
  }

  private static List<SigningKey> keysIfFit(String text, Optional<String> keyId) {
    try {
      return keys(text, keyId);
    } catch (IllegalArgumentException _) {
      return List.of();
    }
  }

  private static List<SigningKey> keys(String text, Optional<String> keyId) {
    List<SigningKey> keys =
        text.startsWith("{") ? ofObject(text) : List.of(key(keyId, SigningSecret.of(text)));
    if (keys.isEmpty()) {
      throw unfit("holds no secret");
    }
    return keys;
  }

  private static List<SigningKey> ofObject(String text) {
    JsonNode object;
    try {
      object = JSON.read(text.getBytes(StandardCharsets.UTF_8));
    } catch (MalformedJsonException _) {
      throw unfit("begins like a JSON object of secrets and is none");
    }
    if (object.size() > MAX_KEYS) {
      throw unfit("is a JSON object of more than %d secrets".formatted(MAX_KEYS));
    }
    List<SigningKey> keys = new ArrayList<>();
    object
        .properties()
        .forEach(member -> {
          if (member.getKey().isBlank() || !member.getValue().isString()) {
            throw unfit("is a JSON object whose members are not all key ids with a secret");
          }
          keys.add(
              key(Optional.of(member.getKey()), SigningSecret.of(member.getValue().stringValue())));
        });
    return keys;
  }

  private static SigningKey key(Optional<String> keyId, SigningSecret secret) {
    for (SecretFinding finding : secret.findings()) {
      if (finding.isFatal()) {
        throw unfit(finding.rule());
      }
    }
    return new SigningKey(keyId, secret);
  }

  private static IllegalArgumentException unfit(String rule) {
    return new IllegalArgumentException(rule);
  }
}
