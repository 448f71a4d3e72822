/**
 * Traits and rules to memberships: every trait of an event table in one scan, every segment of a
 * client in one pass. {@code pipeline} runs the stage; {@code cli} validates definitions.
 */
package com.segumento.segment;
