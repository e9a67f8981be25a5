import assert from 'node:assert/strict';
import { test } from 'node:test';
import { deviceErrors } from '../../../contract/error-code/device.ts';
import { policyErrors } from '../../../contract/error-code/policy.ts';
import { updateErrors } from '../../../contract/error-code/update.ts';
import { JobState } from '../../../contract/schema/update-job.ts';
import { jobSentences, standingWords } from '../../../renderer/features/bench/standing-words.ts';
import { whatHappened } from '../../../renderer/features/bench/what-happened.ts';
import { refusalWords } from '../../../renderer/words/refusals/refusals.ts';

const codes = [...Object.keys(updateErrors), ...Object.keys(deviceErrors), ...Object.keys(policyErrors)];
/** What a card has room for beside its state, in characters. */
const room = 290;
const worst = [jobSentences.failed, jobSentences.refused, jobSentences.reverted, jobSentences.indeterminate];

test('REQ-OTA-UI-01 each way in which a job can end is said in each language, and what to do next', () => {
  assert.ok(codes.length > 120, String(codes.length));
  for (const code of codes) {
    const words = refusalWords(code);
    assert.ok(words?.next !== undefined, `${code} says no next step`);
    for (const language of ['en', 'de'] as const) {
      const [title, next] = [words.title[language], words.next[language]];
      assert.ok(typeof title === 'string' && typeof next === 'string', code);
      assert.match(title, /^\p{Lu}[^.!?]*[^.!?\s]$/u, `${code}: a title is no sentence with a full stop`);
      assert.match(next, /^\p{Lu}[^!]*\.$/u, `${code}: a step is a sentence`);
      assert.ok(title.length <= 75, `${code}: ${title.length} characters of title in ${language}`);
      for (const sentence of worst) {
        const length = sentence[language].length + title.length + next.length + 3;
        assert.ok(length <= room, `${code} has ${length} characters in ${language}`);
      }
    }
    assert.notDeepEqual(words.title.en, words.title.de, code);
  }
});

test('REQ-OTA-UI-01 each state of a job has a sentence in each language that says what it means for the unit', () => {
  for (const state of JobState.options) {
    for (const language of ['en', 'de'] as const) assert.match(jobSentences[state][language], /\.$/, state);
  }
  for (const state of ['refused', 'failed', 'cancelled', 'reverted'] as const) {
    assert.match(jobSentences[state].en, /old firmware|ran before/, `${state} says what the unit runs`);
  }
});

test('REQ-OTA-TST-02 a job never says that the old firmware runs where it does not', () => {
  const say = (kind: 'install' | 'recovery', state: JobState, code: string | null) =>
    whatHappened({ kind, state, code });
  assert.equal(say('install', 'failed', 'device.timeout'), jobSentences.failed);
  assert.equal(say('install', 'failed', 'update.kept-unproven'), standingWords.keptUnproven);
  assert.equal(say('recovery', 'failed', 'device.timeout'), standingWords.recoveryFailed);
  for (const state of ['refused', 'cancelled'] as const)
    assert.equal(say('recovery', state, 'update.cancelled'), standingWords.nothingWritten);
  assert.equal(say('recovery', 'confirmed', null), jobSentences.confirmed);
});
