import { useId, useState } from "preact/hooks";
import { post } from "../api";
import type { Person } from "../types";
import { Notice } from "../ui";

export function SignIn({ onEnter, note }: { onEnter: (person: Person) => void; note: string }) {
  const [fault, setFault] = useState("");
  const [busy, setBusy] = useState(false);
  const id = useId();
  const submit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    const form = new FormData(event.currentTarget as HTMLFormElement);
    setBusy(true);
    setFault("");
    try {
      onEnter(await post<Person>("/api/sign-in", Object.fromEntries(form)));
    } catch (error) {
      setFault((error as Error).message);
      setBusy(false);
    }
  };
  return (
    <main class="sign-in">
      <h1>noshare</h1>
      <p class="promise">How we share personal information: three words, we do not.</p>
      <form class="card" onSubmit={submit}>
        <label for={`${id}-name`}>Name</label>
        <input id={`${id}-name`} name="name" autocomplete="username" required autofocus />
        <label for={`${id}-password`}>Password</label>
        <input id={`${id}-password`} name="password" type="password" autocomplete="current-password" required />
        <label for={`${id}-code`}>Code from the authenticator app</label>
        <input id={`${id}-code`} name="code" inputMode="numeric" autocomplete="one-time-code" maxLength={6} />
        {(fault || note) && <Notice kind={fault ? "error" : "plain"}>{fault || note}</Notice>}
        <button class="primary" disabled={busy}>{busy ? "Working …" : "Sign in"}</button>
      </form>
    </main>
  );
}
