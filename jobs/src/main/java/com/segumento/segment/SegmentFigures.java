package com.segumento.segment;

import com.segumento.model.Memberships;
import com.segumento.model.Profiles;
import com.segumento.model.Traits;
import com.segumento.ops.StageReport;
import java.util.Map;

/**
 * What the stage reports. A figure about fewer than {@code k} persons is not stated, nor can it be
 * had by subtraction: the total of memberships is that of the stated segments.
 */
record SegmentFigures(int k, SegmentDefinitions definitions, SegmentInputs inputs) {
  private static final String STRANGE_EVENTS = "events_without_profile";

  void report(
      StageReport.Builder report,
      WriteTraits.Written traits,
      Map<String, Long> sizes,
      long memberships) {
    inputs.profiles().ifPresent(version -> report.read(Profiles.NAME, version));
    inputs.events().forEach(report::read);
    report.wrote(Traits.NAME, traits.version()).wrote(Memberships.NAME, memberships);
    report.count("traits", definitions.traitNames().size());
    report.count("segments", definitions.segments().size());
    if (traits.persons() >= k) {
      report.count("persons", traits.persons());
    }
    long stated = 0;
    long below = 0;
    for (SegmentDefinition segment : definitions.segments()) {
      long size = sizes.getOrDefault(segment.id(), 0L);
      if (size >= k) {
        report.breakdown("persons_by_segment", segment.id(), (double) size);
        stated += size;
      } else {
        below++;
      }
    }
    report.count("memberships", stated).count("segments_below_k", below);
    if (traits.strangers().values().stream().allMatch(this::mayBeStated)) {
      traits.strangers().values().forEach(found -> report.count(STRANGE_EVENTS, found.events()));
    }
    definitions.hashes().forEach(report::hash);
  }

  private boolean mayBeStated(WriteTraits.Strangers found) {
    return found.persons() == 0 || found.persons() >= k;
  }
}
