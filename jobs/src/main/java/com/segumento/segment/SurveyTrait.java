package com.segumento.segment;

import com.segumento.model.Field;

/** A trait that only a look at all persons can tell. */
non-sealed interface SurveyTrait extends PersonTrait, Surveying {
  @Override
  default Field column() {
    return Field.optional(name(), type());
  }
}
