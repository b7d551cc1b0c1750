import type { Problem, ImportRun } from '../../../generated/api';
import { ApiError, csrfToken } from '../../lib/api';

export type Kind = ImportRun['kind'];
export type Upload = Readonly<{
  file: File;
  kind: Kind;
  dryRun: boolean;
  /** The same again with the same key is one import. */
  key: string;
  /** From 0 to 1, as it goes out. */
  onSent: (share: number) => void;
}>;

/**
 * Sends a file as it is, which `fetch` can do but without telling how far it is. The API's own limits are its business.
 * @throws ApiError as `call` does.
 */
export function upload({ file, kind, dryRun, key, onSent }: Upload): Promise<ImportRun> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const query = new URLSearchParams({ kind, name: nameOf(file) });
    request.open('POST', `/api/v1/imports?${query.toString()}`);
    request.responseType = 'json';
    request.setRequestHeader('accept', 'application/json');
    request.setRequestHeader('accept-language', document.documentElement.lang);
    request.setRequestHeader('content-type', typeOf(file));
    request.setRequestHeader('idempotency-key', key);
    request.setRequestHeader('x-csrf-token', csrfToken() ?? '');
    if (dryRun) request.setRequestHeader('x-dry-run', 'true');
    request.upload.onprogress = ({ loaded, total }) => onSent(total === 0 ? 0 : loaded / total);
    request.onload = () => {
      const answer: unknown = request.response;
      if (request.status === 202) resolve(answer as ImportRun);
      else reject(new ApiError(request.status, answer as Problem | null));
    };
    request.onerror = () => reject(new ApiError(0, null));
    request.send(file);
  });
}

const typeOf = ({ name }: File): string => (/\.gz$/i.test(name) ? 'application/gzip' : 'text/csv');
/** Its end tells more than its beginning. */
const nameOf = ({ name }: File): string => name.slice(-200);

/** What a file holds, guessed by its name; undefined: the reader has to say. */
export function kindOf(name: string): Kind | undefined {
  if (/bill|账单|应收/i.test(name)) return 'bills';
  if (/pay|缴费|实收/i.test(name)) return 'payments';
  return /customer|客户|用户/i.test(name) ? 'customers' : undefined;
}
