// Colours for numbers: ramps whose lightness (OKLab, Björn Ottosson 2020) grows in equal steps, so that their order is seen with any colour vision and in grey.

/** From violet over blue and green to yellow: lightness 0.27 to 0.93, hue 305° to 105°, chroma as high as sRGB allows up to 0.16. */
const SEQUENTIAL = [
  "#38005D",
  "#351C83",
  "#1C3D9D",
  "#005F97",
  "#057898",
  "#03919D",
  "#0BAB9D",
  "#00C690",
  "#74D87A",
  "#BAE467",
  "#F8ED60",
] as const;

/** From blue over nearly white to brown: lightness 0.40 at both ends, 0.965 in the middle. */
const DIVERGING = [
  "#004982",
  "#266AA8",
  "#5D8CBC",
  "#8EAED0",
  "#C0D0E2",
  "#F3F3F3",
  "#E0C9BD",
  "#CAA089",
  "#B47855",
  "#9C4F1B",
  "#743200",
] as const;

export type Ramp = "sequential" | "diverging";

/** The colour at a share 0 to 1 of a ramp; shares outside are taken as its ends. */
export function rampColour(ramp: Ramp, share: number): string {
  const anchors = ramp === "sequential" ? SEQUENTIAL : DIVERGING;
  const at = Math.min(1, Math.max(0, share)) * (anchors.length - 1);
  const below = Math.min(anchors.length - 2, Math.floor(at));
  const [low, high] = [anchors[below] ?? "#000000", anchors[below + 1] ?? "#000000"];
  const channel = (k: number): string => {
    const [a, b] = [low, high].map((colour) => Number.parseInt(colour.slice(1 + 2 * k, 3 + 2 * k), 16));
    return Math.round((a ?? 0) + (at - below) * ((b ?? 0) - (a ?? 0)))
      .toString(16)
      .padStart(2, "0")
      .toUpperCase();
  };
  return `#${channel(0)}${channel(1)}${channel(2)}`;
}
