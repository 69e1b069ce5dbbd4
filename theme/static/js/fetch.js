/* Requests to this site. An answer with an error status is an error.
   Exports: fetchText, fetchOnce. */

async function request(address, options, type) {
  const answer = await fetch(address, options);
  if (!answer.ok) throw new Error(answer.status + " " + address);
  return answer[type]();
}

export const fetchText = (address) => request(address, {}, "text");

/* Requests a file once for each view of a page, and again where that failed. `fresh` asks the server whether the file has
   changed; `type` is "text" or "json". */
const answers = new Map();

export function fetchOnce(address, { fresh = false, type = "text" } = {}) {
  if (fresh || !answers.has(address)) {
    const answer = request(address, { cache: fresh ? "no-cache" : "default" }, type);
    answer.catch(() => answers.delete(address));
    answers.set(address, answer);
  }
  return answers.get(address);
}
