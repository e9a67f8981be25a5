import type { Feature } from '../feature.ts';
import Screen from './AuditPlace.svelte';
import { auditWords } from './words.ts';

export const audit: Feature = {
  id: 'audit',
  icon: 'audit',
  title: auditWords.title,
  keys: 'Mod+6',
  permission: 'audit.read',
  screen: Screen,
};
