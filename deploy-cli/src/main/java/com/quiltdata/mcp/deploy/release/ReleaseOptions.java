package com.quiltdata.mcp.deploy.release;

import java.time.Duration;
import java.util.Optional;

/// How a release is made.
///
/// @param version of it
/// @param revision of the source
/// @param account that it must be
/// @param dryRun whether nothing may be changed
/// @param yes whether nobody is asked
/// @param supersede whether a deployment under way may be replaced
/// @param reuseImage whether an image that has the version already is taken as it is
/// @param autoRollback whether a release that fails for good is taken back
/// @param strict whether what preflight warns of keeps the release from beginning
/// @param lockWait for how long another release or deployment may go on before this one gives up
/// @param patience for how long a rollout may take
/// @param from the machine, or the run of a CI service
/// @param plan that must still hold
public record ReleaseOptions(
    String version,
    String revision,
    Optional<String> account,
    boolean dryRun,
    boolean yes,
    boolean supersede,
    boolean reuseImage,
    boolean autoRollback,
    boolean strict,
    Duration lockWait,
    Duration patience,
    String from,
    Optional<ReleasePlan> plan) {}
