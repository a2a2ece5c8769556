// What the variants of a comparison are called: their labels, else their models' names, made unique by what is changed of them.
import type { VariantMemberNode, VariantNode } from "../1-parse/ast.ts";
import { textOf } from "../base/source.ts";
import { isShown, labelTwice } from "../diagnostics/comparison.ts";
import type { Report } from "./report.ts";

export interface Labelled {
  readonly node: VariantNode;
  readonly label: string;
  /** The lines of its block, as written. */
  readonly overrides: readonly string[];
}

/** Those whose label is taken are told and left out. */
export function labelled(nodes: readonly VariantNode[], report: Report): Labelled[] {
  const known = nodes.filter((v) => v.model.name !== "");
  const bare = (v: VariantNode): boolean => v.label === null && v.members.length === 0;
  const kept: Labelled[] = [];
  for (const node of known) {
    const { name } = node.model;
    const overrides = node.members.map(written);
    const isOnly = known.filter((o) => o.label === null && o.model.name === name).length === 1;
    const label = node.label?.value ?? (isOnly || bare(node) ? name : `${name} { ${overrides.join(", ")} }`);
    const first = kept.find((k) => k.label === label);
    const at = node.label?.span ?? node.model.span;
    if (first !== undefined || !isShown(label))
      report(
        labelTwice(at, {
          label,
          first: first === undefined ? at : (first.node.label ?? first.node.model).span,
          named: node.label !== null,
        }),
      );
    else kept.push({ node, label, overrides });
  }
  return kept;
}

function written(member: VariantMemberNode): string {
  return textOf(member.span).replace(/\s+/g, " ").trim();
}
