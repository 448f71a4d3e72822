/**
 * The anonymization engine and the gate, and the one maker of {@link
 * com.segumento.privacy.Released}. {@code engine} makes what is to be published, {@code gate}
 * judges it and imports nothing of {@code engine}. Used by {@code export}.
 */
package com.segumento.privacy;
