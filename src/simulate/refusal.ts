// Why something cannot be run although nothing is wrong with glif: what the model asks for cannot be had, or the machine has no room for it.
import { MemoryError, UsageError } from "../runtime/index.ts";

/** In words; null for what is a fault of ours. */
export function refusalText(error: unknown): string | null {
  if (error instanceof UsageError || error instanceof MemoryError) return error.message;
  return isOutOfMemory(error) ? `out of memory: ${error.message}` : null;
}

/** The engine could not make an array or a text of that size. */
export function isOutOfMemory(error: unknown): error is RangeError {
  return error instanceof RangeError && /allocation|array length|string length/i.test(error.message);
}
