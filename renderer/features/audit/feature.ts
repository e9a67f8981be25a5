import { LatePart } from '../../app/late-part.svelte.ts';
import type { Feature } from '../feature.ts';
import { placeTitles } from '../place-titles.ts';

export const audit: Feature = {
  id: 'audit',
  icon: 'audit',
  title: placeTitles.audit,
  keys: 'Mod+6',
  permission: 'audit.read',
  screen: new LatePart(() => import('./AuditPlace.svelte')),
};
