// Why a run has ended before its time, in words.
import type { Ending } from "./run.ts";

/** Why a run is not complete, in words; null where it is. */
export function endingReason(ending: Ending): string | null {
  switch (ending.kind) {
    case "complete":
      return null;
    case "interrupted":
      return "interrupted";
    case "not-finite":
    case "endless":
      return ending.error.message;
    case "out-of-memory":
      return "out of memory";
    case "stopped":
      return ending.message;
    case "not-written":
      return ending.error.message;
  }
}
