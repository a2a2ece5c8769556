// Names from a model as names of files: nothing in them leaves the folder, and every common file system takes them.

/** Device names of Windows, with or without an extension. */
const RESERVED = /^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])$/i;

/** Letters, digits, `_` and `-` stay; everything else becomes `_`. At most 100 characters, never empty, never a device. */
export function fileName(name: string): string {
  const plain = Array.from(name.normalize("NFC"), (c) => (/[\p{L}\p{M}\p{N}_-]/u.test(c) ? c : "_"));
  const short = plain.slice(0, 60).join("").replace(/^-+/, "_");
  if (short === "") return "_";
  return RESERVED.test(short) ? `${short}_` : short;
}

/** One name for each, in order, also where a file system takes `a` and `A` for the same. */
export function distinctFileNames(names: readonly string[]): readonly string[] {
  const taken = new Set<string>();
  return names.map((name) => {
    const first = fileName(name);
    let candidate = first;
    for (let n = 2; taken.has(candidate.toLowerCase()); n++) candidate = `${first}-${n}`;
    taken.add(candidate.toLowerCase());
    return candidate;
  });
}
