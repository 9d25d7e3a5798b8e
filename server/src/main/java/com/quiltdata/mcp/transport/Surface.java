package com.quiltdata.mcp.transport;

/// What a running request needs of the connection that it came on.
public interface Surface {
  /// A connection that takes messages at any time and has no places to share.
  Surface OPEN =
      new Surface() {
        @Override
        public boolean takesMessages() {
          return true;
        }

        @Override
        public void leaveWork() {
          // nothing was taken
        }

        @Override
        public boolean returnToWork() {
          return true;
        }
      };

  /// Whether the client takes messages before the reply.
  boolean takesMessages();

  /// Gives the place in work to somebody else, for the request waits for a person.
  void leaveWork();

  /// Takes a place in work again, and waits for one if need be.
  ///
  /// @return whether there was one in time
  boolean returnToWork();
}
