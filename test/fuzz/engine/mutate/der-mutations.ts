import { byteMutations } from './byte-mutations.ts';
import { type DerTree, listSites, readDerTrees, writeDerTrees, writeTree } from './der-tree.ts';
import { type Mutation, type MutationContext, pick } from './mutation.ts';

type Site = ReturnType<typeof listSites>[number];
type TreeMutation = (site: Site, context: MutationContext) => void;

const universalTags = [0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x0a, 0x0c, 0x13, 0x16, 0x17, 0x18, 0x30, 0x31];
const contextTags = [0x80, 0x81, 0x82, 0x86, 0x87, 0xa0, 0xa1, 0xa2, 0xa3, 0xa4];

const treeMutations: readonly TreeMutation[] = [
  ({ row, index }) => void row.splice(index, 1),
  ({ row, index, tree }) => void row.splice(index, 0, copyOf(tree)),
  ({ row, index, tree }, { random }) => {
    row.splice(index, 1);
    row.splice(random.below(row.length + 1), 0, tree);
  },
  ({ tree }, { random }) => void (tree.identifier = pick(random, [...universalTags, ...contextTags])),
  ({ row, index, tree }, { random }) => {
    const identifier = pick(random, [0x30, 0x31, 0x04, ...contextTags.slice(5)]);
    row[index] = { identifier, children: [tree], prefix: new Uint8Array(), content: new Uint8Array() };
  },
  ({ row, index }, context) => void row.splice(index, context.random.below(2), foreignTree(context)),
  changeContent,
  changeContent,
  changeContent,
];

/** Changes one value of a DER structure, and all lengths around it with it. Where the bytes are no DER, changes bytes. */
export const mutateDer: Mutation = (input, context) => {
  const trees = readDerTrees(input);
  if (trees === null || trees.length === 0) return pick(context.random, byteMutations)(input, context);
  pick(context.random, treeMutations)(pick(context.random, listSites(trees)), context);
  return writeDerTrees(trees);
};

function changeContent({ tree }: Site, context: MutationContext): void {
  if (tree.children === null) tree.content = pick(context.random, byteMutations)(tree.content, context);
  else if (context.random.below(8) === 0) tree.children = [];
}

/** A value out of another input, or a short one of its own. */
function foreignTree({ random, other }: MutationContext): DerTree {
  const sites = listSites(readDerTrees(other()) ?? []);
  if (sites.length > 0 && random.below(4) !== 0) return pick(random, sites).tree;
  const content = random.bytes(random.below(6));
  return { identifier: pick(random, universalTags), children: null, prefix: new Uint8Array(), content };
}

function copyOf(tree: DerTree): DerTree {
  const [copy] = readDerTrees(writeTree(tree)) ?? [];
  return copy ?? { ...tree };
}
