export interface Requirement {
  /** As it stands in test titles: `REQ-OTA-SIG-01`. */
  readonly id: string;
  readonly title: string;
}

const HEADING = /^### (REQ-OTA-[A-Z]+-\d{2}) · (.+)$/gm;

/** The requirements of docs/requirements.md, in its order: each is a heading `### REQ-OTA-SIG-01 · title`. */
export function readRequirements(markdown: string): Requirement[] {
  const requirements = [...markdown.matchAll(HEADING)].map(([, id = '', title = '']) => ({ id, title }));
  const ids = requirements.map(({ id }) => id);
  const twice = ids.find((id, index) => ids.indexOf(id) !== index);
  if (twice !== undefined) throw new Error(`docs/requirements.md has ${twice} twice`);
  if (ids.length === 0) throw new Error('docs/requirements.md has no requirement');
  return requirements;
}
