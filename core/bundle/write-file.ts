import { open } from 'node:fs/promises';

/** Writes a new file and makes its bytes durable. Rejects on I/O errors, and where the file exists. */
export async function writeNewFile(path: string, bytes: Uint8Array): Promise<void> {
  const file = await open(path, 'wx', 0o600);
  try {
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
}
