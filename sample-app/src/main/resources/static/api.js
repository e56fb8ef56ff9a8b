// The application's HTTP API: what the page knows comes from here and from nowhere else.

const TIMEOUT = 5000;

async function getJson(path) {
  const response = await fetch(path, { cache: 'no-store', signal: AbortSignal.timeout(TIMEOUT) });
  if (!response.ok) {
    throw new Error(`${path} answered ${response.status}`);
  }
  return response.json();
}

/** The queues as the Actuator endpoint describes them. */
export async function fetchQueues() {
  return (await getJson('/actuator/taskqueue')).queues;
}

/** All thumbnails, newest first. */
export function fetchThumbnails() {
  return getJson('/api/thumbnails');
}

/** All experiments, newest first. */
export function fetchRuns() {
  return getJson('/api/runs');
}

/** What happened to worker processes, newest first. */
export function fetchNews() {
  return getJson('/api/news');
}

/** What workers have recorded, newest first. */
export function fetchCatalogue() {
  return getJson('/api/catalogue');
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

/** Submits whatever a button stands for. */
export async function post(path) {
  return accept(await fetch(path, { method: 'POST' }));
}

export async function cancelRun(id) {
  const response = await fetch(`/api/runs/${id}`, { method: 'DELETE' });
  // A conflict: it was faster than the click.
  return response.status === 409 ? undefined : accept(response);
}

/** Turns the problem detail of a refused request into an error. */
async function accept(response) {
  if (!response.ok) {
    const problem = await response.json().catch(() => ({}));
    throw new Error(problem.detail ?? `The application answered ${response.status}.`);
  }
}
