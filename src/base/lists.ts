// Lists that may be long. A call takes some hundred thousand arguments at most, so nothing long is ever spread into one.

export function append<T>(to: T[], items: Iterable<T>): void {
  for (const item of items) to.push(item);
}

/** The first with the entries of the second. */
export function joined<K, V>(map: ReadonlyMap<K, V>, more: ReadonlyMap<K, V>): Map<K, V> {
  const all = new Map(map);
  for (const [key, value] of more) all.set(key, value);
  return all;
}

/** The largest of the values, and of `least`. */
export function largestOf(values: Iterable<number>, least = -Infinity): number {
  let largest = least;
  for (const value of values) largest = Math.max(largest, value);
  return largest;
}

/** The smallest of the values. */
export function smallestOf(values: Iterable<number>): number {
  let smallest = Infinity;
  for (const value of values) smallest = Math.min(smallest, value);
  return smallest;
}

/** The same list in the order of a number, what has the same one as it stood. */
export function sortedBy<T>(list: readonly T[], of: (item: T) => number): T[] {
  return list
    .map((item) => ({ item, key: of(item) }))
    .sort((a, b) => a.key - b.key)
    .map(({ item }) => item);
}

/** "a", "a and b", "a, b and c". */
export function listed(names: readonly string[], joint: "and" | "or" = "and"): string {
  return names.length < 2 ? (names[0] ?? "") : `${names.slice(0, -1).join(", ")} ${joint} ${names.at(-1) ?? ""}`;
}
