package com.segumento.access;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.segumento.config.Client;
import com.segumento.config.Platform;
import com.segumento.model.ConfigException;
import java.net.URI;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * What a role may do with a client's part of the lake, and nothing else. For a lake on S3 it is an
 * identity policy of AWS IAM: each permission holds over TLS, in the agreement's region and, where
 * something is written, encrypted at rest only. But for the role that proves deletions, no
 * permission is on the bucket as a whole; it is listed by prefix. For a folder it is the same form
 * without these conditions: what its file system has to be told.
 *
 * <p>It does not limit access of whoever holds another policy, and says nothing of the keys of KMS.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazons3.html">
 *     Actions, resources and condition keys of Amazon S3</a>
 */
public final class AccessPolicy {
  private static final String SECURE = "aws:SecureTransport";
  private static final String REGION = "aws:RequestedRegion";
  private static final String ENCRYPTION = "s3:x-amz-server-side-encryption";
  private static final List<String> ENCRYPTED = List.of("AES256", "aws:kms", "aws:kms:dsse");

  private final Store store;
  private final String region;
  private final List<Granted> granted;

  private AccessPolicy(Store store, String region, List<Granted> granted) {
    this.store = store;
    this.region = region;
    this.granted = List.copyOf(granted);
  }

  /**
   * A prefix and what may be done below it.
   *
   * @param prefix below the lake's root, ends in a slash
   */
  public record Granted(String prefix, Set<Deed> deeds) {
    public Granted {
      deeds = Set.copyOf(deeds);
    }

    public boolean may(Deed deed) {
      return deeds.contains(deed);
    }
  }

  /**
   * Where the lake is.
   *
   * @param resource what a resource begins with, before a key of the bucket
   * @param bucket the resource that is listed
   * @param path of the lake in the bucket; empty or ends in a slash
   */
  private record Store(boolean s3, String resource, String bucket, String path) {
    static Store of(String lake) {
      String root = lake.replaceAll("/+$", "");
      if (!root.startsWith("s3a://")) {
        return new Store(false, root + "/", root, "");
      }
      URI uri = URI.create(root);
      String arn = "arn:aws:s3:::" + uri.getHost();
      String path = uri.getPath().replaceFirst("^/+", "");
      return new Store(true, arn + "/", arn, path.isEmpty() ? "" : path + "/");
    }
  }

  /**
   * The policy.
   *
   * @throws ConfigException where the client's agreement has no such role, or its region is unknown
   */
  public static AccessPolicy of(Platform platform, Client client, Role role) {
    List<Granted> granted = new ArrayList<>();
    role.grants(client)
        .forEach(
            (area, deeds) ->
                area.prefixes(platform, client)
                    .forEach(prefix -> granted.add(new Granted(prefix, deeds))));
    Platform.Region region = platform.regions().get(client.agreement().region());
    if (region == null) {
      throw ConfigException.invalid(
          "agreement.region", client.agreement().region(), "one of the regions of platform.yaml");
    }
    return new AccessPolicy(Store.of(platform.lake()), region.bucketRegion(), granted);
  }

  /** What is granted, by prefix. */
  public List<Granted> granted() {
    return granted;
  }

  /** The policy as its store reads it. */
  public ObjectNode json() {
    ObjectNode policy = JsonNodeFactory.instance.objectNode().put("Version", "2012-10-17");
    ArrayNode statements = policy.putArray("Statement");
    objects(statements, "Read", List.of("s3:GetObject"), EnumSet.of(Deed.READ), false);
    objects(statements, "Write", List.of("s3:PutObject"), EnumSet.of(Deed.WRITE), true);
    // A request that ends an upload in parts carries no encryption: it was said when it began.
    objects(
        statements,
        "Upload",
        List.of("s3:AbortMultipartUpload", "s3:ListMultipartUploadParts"),
        EnumSet.of(Deed.WRITE),
        false);
    objects(
        statements,
        "Delete",
        List.of("s3:DeleteObject"),
        EnumSet.of(Deed.DELETE, Deed.EXPIRE_LOG),
        false);
    list(statements);
    return policy;
  }

  private void objects(
      ArrayNode statements, String id, List<String> actions, Set<Deed> deeds, boolean encrypted) {
    List<String> keys = new ArrayList<>();
    for (Granted grant : granted) {
      deeds.stream()
          .filter(grant::may)
          .forEach(deed -> keys.addAll(deed.keys(store.path() + grant.prefix())));
    }
    if (keys.isEmpty()) {
      return;
    }
    ObjectNode statement = statement(statements, id, actions);
    keys.forEach(key -> statement.withArray("Resource").add(store.resource() + key));
    ObjectNode conditions = conditions();
    if (encrypted && store.s3()) {
      ArrayNode methods = conditions.withObject("StringEquals").putArray(ENCRYPTION);
      ENCRYPTED.forEach(methods::add);
    }
    put(statement, conditions);
  }

  private void list(ArrayNode statements) {
    List<String> listed =
        granted.stream()
            .filter(grant -> grant.may(Deed.LIST))
            .map(grant -> store.path() + grant.prefix())
            .toList();
    if (listed.isEmpty()) {
      return;
    }
    ObjectNode statement = statement(statements, "List", List.of(Deed.LIST.action()));
    statement.withArray("Resource").add(store.bucket());
    ObjectNode conditions = conditions();
    // Who may list all of a bucket is told that an object is missing; others that it is forbidden.
    if (!listed.contains("")) {
      ArrayNode prefixes = conditions.withObject("StringLike").putArray("s3:prefix");
      listed.forEach(prefix -> prefixes.add(prefix + "*"));
    }
    put(statement, conditions);
    if (granted.stream().anyMatch(grant -> grant.may(Deed.LIST_UPLOADS))) {
      ObjectNode uploads =
          statement(statements, "ListUploads", List.of(Deed.LIST_UPLOADS.action()));
      uploads.withArray("Resource").add(store.bucket());
      put(uploads, conditions());
    }
  }

  private static ObjectNode statement(ArrayNode statements, String id, List<String> actions) {
    ObjectNode statement = statements.addObject().put("Sid", id).put("Effect", "Allow");
    actions.forEach(statement.withArray("Action")::add);
    return statement;
  }

  private ObjectNode conditions() {
    ObjectNode conditions = JsonNodeFactory.instance.objectNode();
    if (store.s3()) {
      conditions.putObject("Bool").put(SECURE, "true");
      conditions.putObject("StringEquals").put(REGION, region);
    }
    return conditions;
  }

  private static void put(ObjectNode statement, ObjectNode conditions) {
    if (!conditions.isEmpty()) {
      statement.set("Condition", conditions);
    }
  }
}
