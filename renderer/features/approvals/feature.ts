import type { Feature } from '../feature.ts';
import Screen from './ApprovalsScreen.svelte';
import { approvalsWords } from './words.ts';

export const approvals: Feature = {
  id: 'approvals',
  icon: 'approvals',
  title: approvalsWords.title,
  keys: 'Mod+3',
  permission: 'bundle.read',
  screen: Screen,
};
