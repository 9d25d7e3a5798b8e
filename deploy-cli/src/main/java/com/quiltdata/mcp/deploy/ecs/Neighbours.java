package com.quiltdata.mcp.deploy.ecs;

import com.quiltdata.mcp.deploy.aws.AwsClients;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// The other services of the cluster.
///
/// @param aws asks
/// @param id of the service that is not meant
public record Neighbours(AwsClients aws, ServiceId id) {
  private static final int NAMES_A_CALL = 100;
  private static final int SERVICES_A_CALL = 10;

  /// Those that answer requests of the same target groups.
  ///
  /// @param groups ARNs of target groups
  /// @return their names
  public List<String> sharing(Set<String> groups) {
    return aws.call(
        "look at the other services of cluster " + id.cluster(),
        clients -> {
          List<String> arns =
              clients
                  .ecs()
                  .listServicesPaginator(ask -> ask.cluster(id.cluster()).maxResults(NAMES_A_CALL))
                  .serviceArns()
                  .stream()
                  .filter(arn -> !EcsService.name(arn).equals(id.service()))
                  .toList();
          List<String> found = new ArrayList<>();
          for (int i = 0; i < arns.size(); i += SERVICES_A_CALL) {
            List<String> some = arns.subList(i, Math.min(arns.size(), i + SERVICES_A_CALL));
            clients
                .ecs()
                .describeServices(ask -> ask.cluster(id.cluster()).services(some))
                .services()
                .stream()
                .filter(one ->
                    one.loadBalancers().stream()
                        .anyMatch(port -> groups.contains(port.targetGroupArn())))
                .forEach(one -> found.add(one.serviceName()));
          }
          return List.copyOf(found);
        });
  }
}
