/**
 * A client that attacks what it gets: releases with their manifests, printed answers, messages and
 * logs, over sixty nights. Each attack first succeeds where a defence is off, then is tried with it
 * on; a judge who knows the truth says what was learned.
 */
package com.segumento.attack;
