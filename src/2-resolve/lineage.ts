// Models named by `extends`, `use`, `population` and `of`: found, and a model's parents in a row.
import type {
  DeclarationNode,
  IdentifierNode,
  MechanismNode,
  NetworkNode,
  NeuronNode,
  SynapseNode,
} from "../1-parse/ast.ts";
import { nearNames } from "../base/nearNames.ts";
import type { Span } from "../base/source.ts";
import { inheritanceCycle, unknownModel } from "../diagnostics/names.ts";
import { topLevelKind } from "./load.ts";
import type { FileScope } from "./load.ts";
import type { Report } from "./report.ts";

/** What can have a parent. */
export type Inheriting = NeuronNode | MechanismNode | SynapseNode | NetworkNode;

export interface Level<N extends Inheriting> {
  readonly node: N;
  readonly file: FileScope;
}

/** The node itself, its parent, and so on; cut where the chain comes back to itself or breaks off (`isWhole` says which). */
export function ancestry<N extends Inheriting>(node: N, file: FileScope, report: Report): readonly Level<N>[] {
  const known = wholeChains.get(file)?.get(node);
  if (known !== undefined) return known as readonly Level<N>[];
  const chain: Level<N>[] = [];
  const met = new Set<DeclarationNode>();
  for (let [at, scope]: [N, FileScope] = [node, file]; ;) {
    chain.push({ node: at, file: scope });
    met.add(at);
    if (at.parent === null) return keep(chain);
    if (at.parent.name === "") return chain;
    const parent = findModel(at.parent, scope, [node.kind], report);
    if (parent === null) return chain;
    const above = wholeChains.get(parent.scope)?.get(parent.node);
    if (above !== undefined) return keep([...chain, ...(above as readonly Level<N>[])]);
    if (met.has(parent.node)) {
      const start = chain.findIndex((c) => c.node === parent.node);
      // Told at the first of the circle in reading order, whichever of them is being looked at.
      const round = chain.slice(start);
      const first = round.reduce((a, b) => (before(b.node.name.span, a.node.name.span) ? b : a));
      const from = round.indexOf(first);
      const ordered = [...round.slice(from), ...round.slice(0, from)];
      const places = ordered.map((c) => c.node.parent?.span ?? c.node.name.span);
      report(
        inheritanceCycle(places[0] ?? at.span, {
          names: ordered.map((c) => c.node.name.name),
          others: places.slice(1),
        }),
      );
      return chain;
    }
    [at, scope] = [parent.node as N, parent.scope];
  }
}

/** Chains of which there was nothing to report, by their first node: a child's is its own level and its parent's. */
const wholeChains = new WeakMap<FileScope, Map<DeclarationNode, readonly Level<Inheriting>[]>>();

function keep<N extends Inheriting>(chain: readonly Level<N>[]): readonly Level<N>[] {
  const [first] = chain;
  if (first === undefined) return chain;
  const kept = wholeChains.get(first.file) ?? new Map<DeclarationNode, readonly Level<Inheriting>[]>();
  wholeChains.set(first.file, kept);
  kept.set(first.node, chain);
  return chain;
}

/** False where a parent is missing, or an ancestor of its own: what the parents declare is then not known, and what seems to be missing may be theirs. */
export function isWhole(chain: readonly { readonly node: Inheriting }[]): boolean {
  return chain.at(-1)?.node.parent === null;
}

/** A model named by `extends`, `use`, `population` or `of`; reported where it is missing or of another kind. */
export function findModel(
  name: IdentifierNode,
  file: FileScope,
  kinds: readonly DeclarationNode["kind"][],
  report: Report,
): { readonly node: DeclarationNode; readonly scope: FileScope } | null {
  if (name.name === "") return null;
  const found = file.names.get(name.name);
  if (found !== undefined && kinds.includes(found.node.kind)) return found;
  const imported = file.file.imports.some((i) => i.names.some((n) => n.name === name.name));
  if (found === undefined && imported) return null; // The import has failed, which has been told.
  const wanted = `a ${kinds.join(" or ")}`;
  const near = nearNames(
    name.name,
    [...file.names].filter(([, d]) => kinds.includes(d.node.kind)).map(([n]) => n),
  );
  // `experiment E of P`, a population: that of its network is meant.
  if (kinds.includes("network"))
    near.push(
      ...[...file.names].flatMap(([n, { node }]) =>
        node.kind === "network" && node.members.some((m) => m.kind === "population" && m.name.name === name.name)
          ? [n]
          : [],
      ),
    );
  const other =
    found === undefined
      ? null
      : { kind: `a ${topLevelKind(found.node)}`.replace("a experiment", "an experiment"), at: found.node.name.span };
  report(
    unknownModel(name.span, {
      name: name.name,
      wanted,
      near,
      found: other,
      at: name.span,
      extended: /^(?:synapse|neuron|mechanism|network|model|base)$/iu.test(name.name) ? extension(name.span) : null,
    }),
  );
  return null;
}

/** In the order of the text; files by their paths. */
export function before(a: Span, b: Span): boolean {
  return a.source === b.source ? a.start < b.start : a.source.path < b.source.path;
}

/** ` extends Synapse` */
function extension(at: Span): Span | null {
  const before = /\s+extends\s+$/u.exec(at.source.text.slice(Math.max(0, at.start - 40), at.start))?.[0];
  return before === undefined ? null : { ...at, start: at.start - before.length };
}
