package com.segumento.client;

import com.segumento.lake.Lake;
import com.segumento.lake.ObjectStore.StoredObject;
import java.util.List;

/** How much lies below a prefix. */
public record Below(String prefix, int objects, long bytes) {
  static Below of(Lake lake, String prefix) {
    List<StoredObject> objects = lake.objects().list(prefix);
    return new Below(prefix, objects.size(), objects.stream().mapToLong(StoredObject::bytes).sum());
  }
}
