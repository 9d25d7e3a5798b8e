package com.quiltdata.mcp.proxy;

import com.quiltdata.mcp.protocol.RequestId;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// Which request of the client is under way in which flight. Thread-safe.
final class Flights {
  private final Map<RequestId, Flight> flights = new ConcurrentHashMap<>();

  void add(Flight flight) {
    flight.outgoing().ids().forEach(id -> flights.put(id, flight));
  }

  void remove(Flight flight) {
    flight.outgoing().ids().forEach(id -> flights.remove(id, flight));
  }

  Optional<Flight> of(RequestId id) {
    return Optional.ofNullable(flights.get(id));
  }
}
