/**
 * What may be told of a client's persons when somebody asks: never of fewer than k, nor by
 * subtracting one answer from another. Imports {@code lake}, {@code ops} and {@code model} only.
 * Used by {@code pipeline}, and by {@code privacy} and its {@code engine}, so that releases
 * contradict no answer.
 */
package com.segumento.privacy.questions;
