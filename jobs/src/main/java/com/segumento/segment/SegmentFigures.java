package com.segumento.segment;

import com.segumento.model.Memberships;
import com.segumento.model.Profiles;
import com.segumento.model.Traits;
import com.segumento.ops.StageReport;

/**
 * What the stage reports. A figure about fewer than {@code k} persons is not stated, nor can it be
 * had by subtraction: the total of memberships is that of the stated segments.
 */
record SegmentFigures(int k, SegmentDefinitions definitions, SegmentInputs inputs) {
  private static final String STRANGE_EVENTS = "events_without_profile";

  void report(
      StageReport.Builder report,
      WriteTraits.Written traits,
      WriteMemberships.Written memberships) {
    inputs.profiles().ifPresent(version -> report.read(Profiles.NAME, version));
    inputs.versions().forEach(report::read);
    report.wrote(Traits.NAME, traits.version()).wrote(Memberships.NAME, memberships.version());
    report.count("traits", definitions.traitNames().size());
    report.count("segments", definitions.segments().size());
    if (traits.persons() >= k) {
      report.count("persons", traits.persons());
    }
    sizes(report, memberships);
    if (memberships.compared()) {
      memberships.movements().forEach((segment, movement) -> moved(report, segment, movement));
    }
    if (traits.strangers().values().stream().allMatch(this::mayBeStated)) {
      traits.strangers().values().forEach(found -> report.count(STRANGE_EVENTS, found.events()));
    }
    definitions.hashes().forEach(report::hash);
  }

  private void sizes(StageReport.Builder report, WriteMemberships.Written memberships) {
    long stated = 0;
    long below = 0;
    for (SegmentDefinition segment : definitions.segments()) {
      long size = memberships.size(segment.id());
      if (size >= k) {
        report.breakdown("persons_by_segment", segment.id(), (double) size);
        stated += size;
      } else {
        below++;
      }
    }
    report.count("memberships", stated).count("segments_below_k", below);
  }

  // Any of the three would tell the others by the sizes of two nights.
  private void moved(StageReport.Builder report, String segment, Movement movement) {
    if (!movement.mayBeStated(k)) {
      report.count("movements_below_k", 1);
      return;
    }
    state(report, "persons_entered_by_segment", segment, movement.entered());
    state(report, "persons_stayed_by_segment", segment, movement.stayed());
    state(report, "persons_left_by_segment", segment, movement.left());
  }

  private static void state(
      StageReport.Builder report, String breakdown, String segment, long persons) {
    if (persons > 0) {
      report.breakdown(breakdown, segment, (double) persons);
    }
  }

  private boolean mayBeStated(WriteTraits.Strangers found) {
    return found.persons() == 0 || found.persons() >= k;
  }
}
