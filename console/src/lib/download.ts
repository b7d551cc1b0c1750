import { ApiError } from './api';

/**
 * Fetches a file with the reader's sign-in and hands it to the browser under a name. `key`: what is put on record for it is there once, however often
 * it is tried. @returns the headers, which say what is in it. @throws ApiError as `call` does.
 */
export async function download(
  address: string,
  { name, key }: Readonly<{ name: string; key: string }>,
): Promise<Headers> {
  const answer = await fetch(`/api/v1${address}`, {
    headers: { 'accept-language': document.documentElement.lang, 'idempotency-key': key },
  }).catch(() => {
    throw new ApiError(0, null);
  });
  if (!answer.ok) {
    const problem = (await answer.json().catch(() => null)) as ApiError['problem'];
    throw new ApiError(answer.status, problem);
  }
  const url = URL.createObjectURL(await answer.blob());
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The browser reads it after the click.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
  return answer.headers;
}
