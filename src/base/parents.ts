// What is made of each thing with a parent, when its parent's has been made.

/** Makes what is missing from `item` up to the first parent that is made, the furthest first: chains may be long. */
export function parentsFirst<T, M>(
  item: T,
  parentOf: (item: T) => T | null,
  made: Map<T, M>,
  make: (item: T) => M,
): void {
  const open: T[] = [];
  for (let at: T | null = item; at !== null && !made.has(at); at = parentOf(at)) open.push(at);
  for (let next = open.pop(); next !== undefined; next = open.pop()) made.set(next, make(next));
}
