package com.quiltdata.mcp.proxy;

import com.quiltdata.mcp.json.MalformedJsonException;
import com.quiltdata.mcp.observe.EventLog;
import com.quiltdata.mcp.observe.LogFields;
import com.quiltdata.mcp.protocol.RequestId;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Optional;

/// Hands messages of the server on to the client: requests and notifications as they come, answers
/// only where the client still waits for them. Thread-safe.
final class Inbox {
  private final EventLog log = EventLog.named("proxy");
  private final Flights flights;
  private final ClientOutput output;

  Inbox(Flights flights, ClientOutput output) {
    this.flights = flights;
    this.output = output;
  }

  /// Takes a message.
  ///
  /// @throws MalformedJsonException when it is none
  void take(byte[] json) {
    List<ServerMessage> messages = ServerMessage.of(json);
    boolean isWanted = false;
    for (ServerMessage message : messages) {
      isWanted |= !message.isResponse() || message.id().filter(this::claim).isPresent();
    }
    if (isWanted) {
      output.write(json);
    } else {
      log.event(
          Level.DEBUG, "proxy.dropped", LogFields.of("reason", "nobody waits for this answer"));
    }
  }

  private boolean claim(RequestId id) {
    Optional<Flight> flight = flights.of(id);
    return flight.isPresent() && flight.get().claim(id);
  }
}
