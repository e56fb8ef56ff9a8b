// The application's HTTP API: what the page knows comes from here and from nowhere else.

const TIMEOUT = 5000;

async function getJson(path) {
  const response = await fetch(path, { cache: 'no-store', signal: AbortSignal.timeout(TIMEOUT) });
  if (!response.ok) {
    throw new Error(`${path} answered ${response.status}`);
  }
  return response.json();
}

/** The queue as the Actuator endpoint describes it. */
export async function fetchQueue() {
  const endpoint = await getJson('/actuator/taskqueue');
  return endpoint.queues.taskQueue;
}

/** All thumbnails, newest first. */
export function fetchThumbnails() {
  return getJson('/api/thumbnails');
}

/** The application's own process. */
export async function fetchApplication() {
  const info = await getJson('/actuator/info');
  return info.process;
}

/** Submits one file, and waits for its turn if the queue is full. */
export async function submitFile(file) {
  for (let attempt = 1; ; attempt++) {
    const form = new FormData();
    form.append('file', file);
    const response = await fetch('/api/thumbnails', { method: 'POST', body: form });
    if (response.status !== 503 || attempt === 60) {
      return accept(response);
    }
    const seconds = Number(response.headers.get('Retry-After')) || 1;
    await new Promise((resolve) => setTimeout(resolve, seconds * 1000));
  }
}

export async function submitBomb() {
  return accept(await fetch('/api/bomb', { method: 'POST' }));
}

/** Turns the problem detail of a refused request into an error. */
async function accept(response) {
  if (!response.ok) {
    const problem = await response.json().catch(() => ({}));
    throw new Error(problem.detail ?? `The application answered ${response.status}.`);
  }
}
