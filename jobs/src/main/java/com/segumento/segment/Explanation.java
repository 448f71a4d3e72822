package com.segumento.segment;

import com.segumento.lake.Workspace;
import com.segumento.model.Profiles;
import com.segumento.model.Traits;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the segments of a workspace read and how Spark goes about it, after the stage has run in it.
 *
 * @param inputs versions of the tables as of the business date
 * @param plan the physical plan, a line an operator: their names and tables, and nothing of
 *     expressions, in which values might stand
 */
public record Explanation(Map<String, Long> inputs, List<String> plan) {

  /** The explanation; reads no more than a rule must know beforehand. */
  public static Explanation of(Workspace workspace) {
    SegmentDefinitions definitions =
        SegmentDefinitions.resolve(workspace.spark(), workspace.client(), workspace.segments());
    SegmentInputs inputs = SegmentInputs.of(workspace);
    Map<String, Long> read = new LinkedHashMap<>();
    inputs.profiles().ifPresent(version -> read.put(Profiles.NAME, version));
    Set<String> datasets = ReadDefinitions.datasets(workspace.segments());
    inputs
        .events()
        .forEach(
            (dataset, version) -> {
              if (datasets.contains(dataset)) {
                read.put(dataset, version);
              }
            });
    PlanOutline outline = new PlanOutline();
    outline.add("traits", new WriteTraits(workspace, definitions, inputs).rows());
    String traits = workspace.lake().layout().table(workspace.clientId(), Traits.NAME);
    outline.add(
        "memberships",
        new WriteMemberships(workspace, definitions, inputs)
            .outline(workspace.lake().tables().version(traits)));
    return new Explanation(read, outline.lines());
  }
}
