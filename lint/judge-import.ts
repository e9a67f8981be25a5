import { isBuiltin } from 'node:module';
import { posix } from 'node:path';
import type { Room } from './rooms.ts';
import { rooms, unlimitedRooms } from './rooms.ts';

/**
 * Why a file may not import something, as the end of a sentence, or undefined where it may.
 * @param file path of the importing file from the project's root, with `/`
 * @param specifier what stands in the import
 * @param typeOnly true where nothing of the import is left at run time
 */
export function judgeImport(file: string, specifier: string, typeOnly: boolean): string | undefined {
  // Configuration files at the root belong to their tools.
  if (!file.includes('/') || unlimitedRooms.some((path) => file.startsWith(path))) return undefined;
  const room = roomOf(file);
  if (room === undefined) return `${file} is in no room of lint/rooms.ts`;
  if (specifier.startsWith('.')) return judgeFile(room, posix.join(posix.dirname(file), specifier), typeOnly);
  if (specifier.startsWith('/') || specifier.startsWith('file:'))
    return 'no path from the root of the disk is imported';
  if (isBuiltin(specifier)) return room.node ? undefined : `${room.path} runs without Node, and ${specifier} is Node's`;
  const name = packageName(specifier);
  return room.packages.includes(name) ? undefined : `${room.path} may not use the package ${name}`;
}

function judgeFile(room: Room, target: string, typeOnly: boolean): string | undefined {
  if (roomOf(target) === room) return undefined;
  const doors = typeOnly ? [...room.imports, ...(room.importsTypes ?? [])] : room.imports;
  if (doors.some((door) => contains(door, target))) return undefined;
  const onlyTypes = room.importsTypes?.some((door) => contains(door, target)) ?? false;
  return `${room.path} may import ${onlyTypes ? 'only types of' : 'nothing of'} ${roomOf(target)?.path ?? target}`;
}

function roomOf(file: string): Room | undefined {
  return rooms
    .filter(({ path }) => contains(path, file))
    .reduce<Room | undefined>((best, room) => (best && best.path.length >= room.path.length ? best : room), undefined);
}

function contains(path: string, file: string): boolean {
  return path.endsWith('/') ? file.startsWith(path) : file === path;
}

/** `@scope/name/file` → `@scope/name`, `name/file` → `name`. */
function packageName(specifier: string): string {
  return specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/');
}
