// Who signed in through a proxy opens their vault key with their password.
import { useContext, useId, useState } from "preact/hooks";
import { post } from "../api";
import type { Person } from "../types";
import { Notice, PersonContext } from "../ui";

export function UnlockForm() {
  const [fault, setFault] = useState("");
  const enter = useContext(PersonContext);
  const id = useId();
  const submit = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    setFault("");
    const password = new FormData(event.currentTarget as HTMLFormElement).get("password");
    try {
      enter(await post<Person>("/api/unlock", { password }));
    } catch (error) {
      setFault((error as Error).message);
    }
  };
  return (
    <form class="unlock" onSubmit={submit}>
      <label for={id}>Password, to read and release messages</label>
      <input id={id} name="password" type="password" autocomplete="current-password" required />
      <button class="primary">Unlock</button>
      {fault && <Notice kind="error">{fault}</Notice>}
    </form>
  );
}
