// Every distribution there is, by its name in the language: what is drawn by it is checked, planned, emitted and told by this table, the reference is held against it.
import { binomialDistribution } from "./distributions/binomial.ts";
import type { Distribution } from "./distributions/distribution.ts";
import { exponentialDistribution } from "./distributions/exponential.ts";
import { gammaDistribution } from "./distributions/gamma.ts";
import { lognormalDistribution } from "./distributions/lognormal.ts";
import { normalDistribution } from "./distributions/normal.ts";
import { poissonDistribution } from "./distributions/poisson.ts";
import { uniformDistribution } from "./distributions/uniform.ts";
import { ATTEMPTS, DrawError } from "./drawError.ts";
import type { Stream } from "./random.ts";

export { drawBinomial } from "./distributions/binomial.ts";
export { drawExponential } from "./distributions/exponential.ts";
export { drawGamma } from "./distributions/gamma.ts";
export { drawLognormal } from "./distributions/lognormal.ts";
export { drawNormal } from "./distributions/normal.ts";
export { drawPoisson } from "./distributions/poisson.ts";
export { drawUniform } from "./distributions/uniform.ts";

/** In the order in which messages list them. */
export const DISTRIBUTIONS = {
  uniform: uniformDistribution,
  normal: normalDistribution,
  lognormal: lognormalDistribution,
  exponential: exponentialDistribution,
  gamma: gammaDistribution,
  poisson: poissonDistribution,
  binomial: binomialDistribution,
} as const satisfies Readonly<Record<string, Distribution>>;

export type DistributionName = keyof typeof DISTRIBUTIONS;

export function distributionOf(name: DistributionName): Distribution {
  return DISTRIBUTIONS[name];
}

/** A draw as people read it. */
export function drawCall<E>(
  draw: Readonly<{
    distribution: DistributionName;
    arguments: readonly E[];
    min: E | null;
    max: E | null;
    except: { readonly where: E; readonly value: E } | null;
  }>,
  text: (value: E) => string,
): string {
  const bounds = (["min", "max"] as const).flatMap((name) => {
    const bound = draw[name];
    return bound === null ? [] : [`${name}: ${text(bound)}`];
  });
  const drawn = `${draw.distribution}(${[...draw.arguments.map(text), ...bounds].join(", ")})`;
  return draw.except === null ? drawn : `if ${text(draw.except.where)} then ${text(draw.except.value)} else ${drawn}`;
}

/** Those that draw whole rows at once. */
export type RowDistribution = {
  [D in DistributionName]: (typeof DISTRIBUTIONS)[D] extends { readonly fill: unknown } ? D : never;
}[DistributionName];

/** Draws again until the value lies in [min, max]. */
export function truncated(s: Stream, draw: (attempt: number) => number, min: number, max: number): number {
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const value = draw(attempt);
    if (value >= min && value <= max) return value;
  }
  throw new DrawError(s, { kind: "bounds", min, max });
}
