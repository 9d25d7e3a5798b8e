/// The replicas of this server, and messages between them.
///
/// Replicas stand behind a load balancer that sends every request to any of them. [Replicas] is
/// what the others use: [Alone] where there is one process or none can be reached, [PeerReplicas]
/// over HTTP. Messages are sealed, see [SealingKeys]; who runs at the moment is known from
/// greetings. To send something new, choose a topic, hand its handler to [Replicas#handle], and
/// keep message and answer small. Imports `json`, `fault`, `observe` and `concurrent`.
@NullMarked
package com.quiltdata.mcp.replica;

import org.jspecify.annotations.NullMarked;
