// Which things depend on each other in a circle, and in which order the circles can be worked off.

/**
 * Strongly connected components (Tarjan 1972), each after the components that its nodes' successors lie in: where `successors` gives what a node
 * depends on, what is needed comes first. Inside a component nodes stand in the order of `nodes`. Successors that are not among `nodes` are
 * passed over. The result depends on the orders given and on nothing else.
 */
export function components(
  nodes: readonly string[],
  successors: (node: string) => Iterable<string>,
): readonly (readonly string[])[] {
  const place = new Map<string, number>();
  for (const node of nodes) if (!place.has(node)) place.set(node, place.size);
  const placeOf = (node: string): number => place.get(node) ?? -1;

  const found: string[][] = [];
  /** Order of discovery, and the earliest discovered node on the stack that is reachable. */
  const discovered = new Map<string, number>();
  const lowest = new Map<string, number>();
  const stack: string[] = [];
  const onStack = new Set<string>();
  const lower = (node: string, to: number): void => void lowest.set(node, Math.min(lowest.get(node) ?? to, to));

  interface Visit {
    readonly node: string;
    readonly rest: Iterator<string>;
  }
  const enter = (node: string): Visit => {
    discovered.set(node, discovered.size);
    lower(node, discovered.size - 1);
    stack.push(node);
    onStack.add(node);
    return { node, rest: successors(node)[Symbol.iterator]() };
  };

  for (const root of place.keys()) {
    if (discovered.has(root)) continue;
    const visits: Visit[] = [enter(root)];
    for (let visit = visits.at(-1); visit; visit = visits.at(-1)) {
      const next = visit.rest.next();
      if (!next.done) {
        const order = discovered.get(next.value);
        if (!place.has(next.value)) continue;
        if (order === undefined) visits.push(enter(next.value));
        else if (onStack.has(next.value)) lower(visit.node, order);
        continue;
      }
      visits.pop();
      const low = lowest.get(visit.node) ?? 0;
      const parent = visits.at(-1);
      if (parent) lower(parent.node, low);
      if (low !== discovered.get(visit.node)) continue;
      const members = stack.splice(stack.lastIndexOf(visit.node));
      for (const member of members) onStack.delete(member);
      found.push(members.sort((a, b) => placeOf(a) - placeOf(b)));
    }
  }
  return found;
}
