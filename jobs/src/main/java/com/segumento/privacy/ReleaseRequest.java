package com.segumento.privacy;

import com.segumento.config.Export;
import com.segumento.lake.Workspace;
import com.segumento.model.PriorLists;
import com.segumento.model.SourceVersions;
import java.util.Map;

/**
 * A release that is to be made.
 *
 * @param sources versions of the tables it is made of
 * @param folder of staging, empty
 * @param pinned levels of the export's last release, which are kept where they can be; none where
 *     there are none to be kept
 * @param prior lists of an audience that were published before
 */
public record ReleaseRequest(
    Workspace workspace,
    Export export,
    SourceVersions sources,
    String folder,
    Map<String, Integer> pinned,
    PriorLists prior) {

  public ReleaseRequest {
    pinned = Map.copyOf(pinned);
  }

  /** One that goes on from no lists. */
  public ReleaseRequest(
      Workspace workspace,
      Export export,
      SourceVersions sources,
      String folder,
      Map<String, Integer> pinned) {
    this(workspace, export, sources, folder, pinned, PriorLists.NONE);
  }

  /** The same for another form of the export. */
  public ReleaseRequest with(Export other) {
    return new ReleaseRequest(workspace, other, sources, folder, pinned, prior);
  }
}
