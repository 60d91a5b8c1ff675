import type { JSX } from "preact";

export default function BookingsPage(): JSX.Element {
  return <h1>Bookings</h1>;
}
