// Assignments that read the values before them all, for targets that take one after the other: in an order in which none reads what one before it wrote, with temporaries where there is none.

export interface Assignment {
  /** What is written. */
  readonly target: string;
  readonly value: string;
  /** What the value reads, of all that assignments write. */
  readonly reads: ReadonlySet<string>;
}

export type OrderedStatement =
  /** A value that is kept for later, under a name of its own. */
  | { readonly kind: "keep"; readonly of: string; readonly value: string }
  | { readonly kind: "assign"; readonly target: string; readonly value: string }
  /** What was kept takes effect. */
  | { readonly kind: "take"; readonly target: string };

/** Statements with the effect of all assignments at once; as few are moved as can be. */
export function inSafeOrder(assignments: readonly Assignment[]): readonly OrderedStatement[] {
  const open = [...assignments];
  const statements: OrderedStatement[] = [];
  const kept: OrderedStatement[] = [];
  while (open.length > 0) {
    const free = open.findIndex((a) => !open.some((b) => b !== a && b.reads.has(a.target)));
    const [next] = open.splice(Math.max(free, 0), 1);
    if (next === undefined) break;
    if (free >= 0) statements.push({ kind: "assign", target: next.target, value: next.value });
    else {
      statements.push({ kind: "keep", of: next.target, value: next.value });
      kept.push({ kind: "take", target: next.target });
    }
  }
  return [...statements, ...kept];
}
