// Recursion without the engine's stack: a walk written as it is thought, whose depth only memory limits.

/** A piece of work that yields the pieces it needs done first and is handed what they return. */
export type Work<T> = Generator<Work<T>, T, T>;

/** Does the work and all that it asks for, depth first and in the order in which it is asked for. */
export function done<T>(work: Work<T>): T {
  const open: Work<T>[] = [work];
  let step = work.next();
  for (;;) {
    if (step.done !== true) {
      open.push(step.value);
      step = step.value.next();
      continue;
    }
    open.pop();
    const waiting = open.at(-1);
    if (waiting === undefined) return step.value;
    step = waiting.next(step.value);
  }
}
