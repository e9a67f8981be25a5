import * as v from 'valibot';

/** Parts of inputs that several rooms' operations take. */
export const Nothing = v.strictObject({});
export const FolderPath = v.pipe(v.string(), v.minLength(1), v.maxLength(4096));
export const FilePath = v.pipe(v.string(), v.minLength(1), v.maxLength(4096));
export const Label = v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(100));
export const JobId = v.pipe(v.string(), v.uuid());
/** Rows of one page. */
export const Page = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(500));
