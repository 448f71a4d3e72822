package com.segumento.request;

import com.segumento.lake.ObjectStore.StoredObject;
import com.segumento.lake.Workspace;
import com.segumento.model.DataContractException;
import com.segumento.model.LakeLayout;
import com.segumento.model.Sha256;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * The requests of a client that lie in its queue and were received up to the business date.
 *
 * @param deliveries those whose manifest is signed, in the order they are carried out in
 * @param refused the others
 * @param later ids of those that were received after the date
 */
record Queue(List<Delivery> deliveries, List<Distrusted> refused, Set<String> later) {
  Queue {
    later = Set.copyOf(later);
    deliveries = List.copyOf(deliveries);
    refused = List.copyOf(refused);
  }

  /**
   * A request whose manifest says nothing that could be relied on.
   *
   * @param mark SHA-256 of the manifest's text
   * @param reason half a sentence; names and numbers, never a value
   * @param uris all that lies there, the manifest last
   */
  record Distrusted(String mark, String reason, List<String> uris) {
    /** What the ledger calls it: an id it gives itself could be another request's. */
    String id() {
      return "manifest-" + mark.substring(0, 16);
    }
  }

  /**
   * Looks at the queue: one listing, and the manifests in it.
   *
   * @throws com.segumento.model.ConfigException where there are requests, and no secret to check
   *     them by
   */
  static Queue of(Workspace workspace) {
    List<StoredObject> objects =
        workspace
            .lake()
            .objects()
            .list(workspace.lake().layout().requestQueue(workspace.clientId()));
    Map<String, StoredObject> manifests = new TreeMap<>();
    Map<String, Map<String, String>> files = new HashMap<>();
    for (StoredObject object : objects) {
      String folder = object.uri().substring(0, object.uri().lastIndexOf('/'));
      String name = object.uri().substring(folder.length() + 1);
      if (name.equals(LakeLayout.MANIFEST)) {
        manifests.put(folder, object);
      } else {
        files.computeIfAbsent(folder, none -> new HashMap<>()).put(name, object.uri());
      }
    }
    if (manifests.isEmpty()) {
      return new Queue(List.of(), List.of(), Set.of());
    }
    RequestSigner signer = RequestSigner.of(workspace);
    List<Delivery> deliveries = new ArrayList<>();
    List<Distrusted> refused = new ArrayList<>();
    Set<String> later = new HashSet<>();
    manifests.forEach(
        (folder, manifest) ->
            look(
                workspace,
                signer,
                manifest,
                files.getOrDefault(folder, Map.of()),
                deliveries,
                refused));
    deliveries.sort(Delivery.ORDER);
    deliveries.stream()
        .filter(delivery -> isLater(delivery, workspace))
        .forEach(delivery -> later.add(delivery.id()));
    deliveries.removeIf(delivery -> isLater(delivery, workspace));
    return new Queue(deliveries, refused, later);
  }

  private static void look(
      Workspace workspace,
      RequestSigner signer,
      StoredObject object,
      Map<String, String> files,
      List<Delivery> deliveries,
      List<Distrusted> refused) {
    String text =
        object.bytes() > RequestManifest.LONGEST
            ? ""
            : workspace.lake().objects().text(object.uri()).orElse("");
    String mark = Sha256.hex(text);
    try {
      RequestManifest manifest = trusted(workspace, signer, text);
      deliveries.add(new Delivery(manifest, mark, object.uri(), files));
    } catch (DataContractException e) {
      List<String> uris = new ArrayList<>(files.values());
      uris.add(object.uri());
      refused.add(new Distrusted(mark, e.getMessage(), uris));
    }
  }

  private static boolean isLater(Delivery delivery, Workspace workspace) {
    LocalDate received = delivery.manifest().receivedAt().atZone(ZoneOffset.UTC).toLocalDate();
    return received.isAfter(workspace.date());
  }

  private static RequestManifest trusted(Workspace workspace, RequestSigner signer, String text) {
    RequestManifest manifest = RequestManifest.parse(text);
    if (manifest.signature() == null) {
      throw new DataContractException("the manifest is not signed");
    }
    if (!signer.verifies(RequestManifest.signed(text), manifest.signature())) {
      throw new DataContractException(
          "the manifest's signature is not that of its content under the secret of the client");
    }
    if (!manifest.client().equals(workspace.client().client())) {
      throw new DataContractException("the manifest is of another client");
    }
    return manifest;
  }
}
