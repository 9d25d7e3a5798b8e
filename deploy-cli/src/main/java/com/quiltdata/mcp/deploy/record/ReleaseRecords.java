package com.quiltdata.mcp.deploy.record;

import com.quiltdata.mcp.deploy.aws.AwsClients;
import com.quiltdata.mcp.deploy.aws.AwsFaults;
import com.quiltdata.mcp.deploy.json.Json;
import com.quiltdata.mcp.deploy.outcome.ExitCode;
import com.quiltdata.mcp.deploy.outcome.Failure;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.ssm.model.GetParameterHistoryResponse;
import software.amazon.awssdk.services.ssm.model.ParameterAlreadyExistsException;
import software.amazon.awssdk.services.ssm.model.ParameterHistory;
import software.amazon.awssdk.services.ssm.model.ParameterNotFoundException;
import software.amazon.awssdk.services.ssm.model.ParameterType;
import tools.jackson.databind.node.ObjectNode;

/// What releases leave behind in the parameter store: the image that is deployed, the lock of a
/// release under way, and one record for each release.
///
/// @param aws asks
/// @param prefix of the names, `/quilt/mcp-server` for example
public record ReleaseRecords(AwsClients aws, String prefix) {
  private static final int MOST_CHARS = 4_000;

  private String name(String last) {
    return prefix + "/" + last;
  }

  /// The image that Terraform and people should take for the deployed one.
  public Optional<String> image() {
    return value("image");
  }

  /// Says which image is deployed.
  public void writeImage(String image) {
    write("image", image);
  }

  /// Adds the record of a release.
  public void add(ReleaseRecord record) {
    write("deployments", shortened(record));
  }

  /// The parameter holds four thousand characters.
  private static String shortened(ReleaseRecord record) {
    ObjectNode json = record.json();
    String text = Json.text(json);
    return text.length() <= MOST_CHARS
        ? text
        : Json.text(
            json.put(
                "cause", json.path("cause").asString("").substring(0, ReleaseRecord.MOST_CAUSE)));
  }

  /// Records of releases, newest first.
  ///
  /// @param most how many at most
  public List<ReleaseRecord> history(int most) {
    return aws.call(
        "read the history of " + name("deployments"),
        clients -> {
          List<ReleaseRecord> records = new ArrayList<>();
          try {
            for (GetParameterHistoryResponse page :
                clients.ssm().getParameterHistoryPaginator(ask -> ask.name(name("deployments")))) {
              page.parameters().stream()
                  .map(ParameterHistory::value)
                  .forEach(text -> ReleaseRecord.parse(text).ifPresent(records::add));
            }
          } catch (ParameterNotFoundException _) {
            return List.of();
          }
          return records.reversed().stream().limit(most).toList();
        });
  }

  /// Takes the lock.
  ///
  /// @throws Failure [ExitCode#LOCKED] naming who has it
  public void lock(ReleaseLock mine) {
    boolean taken =
        aws.call(
            "take the release lock " + name("lock"),
            clients -> {
              try {
                clients
                    .ssmWriting()
                    .putParameter(ask ->
                        ask.name(name("lock"))
                            .value(Json.text(mine.json()))
                            .type(ParameterType.STRING)
                            .overwrite(false));
                return true;
              } catch (ParameterAlreadyExistsException _) {
                return false;
              }
            });
    if (!taken) {
      String who = holder().map(ReleaseLock::toString).orElse("somebody");
      throw Failure.of(ExitCode.LOCKED, "Another release is under way: " + who)
          .next("deploy-cli unlock");
    }
  }

  /// Who has the lock.
  public Optional<ReleaseLock> holder() {
    return value("lock").map(ReleaseLock::parse);
  }

  /// Gives the lock back, if it is still ours.
  ///
  /// @return whether it was
  public boolean unlock(String id) {
    if (holder().filter(lock -> lock.id().equals(id)).isEmpty()) {
      return false;
    }
    return removeLock();
  }

  /// Removes the lock, whoever has it.
  ///
  /// @return whether there was one
  public boolean removeLock() {
    return aws.call(
        "remove the release lock " + name("lock"),
        clients -> {
          try {
            clients.ssmWriting().deleteParameter(ask -> ask.name(name("lock")));
            return true;
          } catch (ParameterNotFoundException _) {
            return false;
          }
        });
  }

  private Optional<String> value(String last) {
    return aws.call(
        "read parameter " + name(last),
        clients -> {
          try {
            return Optional.of(
                clients.ssm().getParameter(ask -> ask.name(name(last))).parameter().value());
          } catch (ParameterNotFoundException _) {
            return Optional.empty();
          }
        });
  }

  private void write(String last, String value) {
    aws.call(
        "write parameter " + name(last),
        clients ->
            clients
                .ssmWriting()
                .putParameter(ask ->
                    ask.name(name(last)).value(value).type(ParameterType.STRING).overwrite(true)));
  }

  /// Does something that must not turn a good release into a failed one.
  ///
  /// @return what went wrong
  public static Optional<String> attempt(Runnable work) {
    try {
      work.run();
      return Optional.empty();
    } catch (Failure e) {
      return Optional.of(e.cause());
    } catch (software.amazon.awssdk.core.exception.SdkException e) {
      return Optional.of(AwsFaults.text(e));
    }
  }
}
