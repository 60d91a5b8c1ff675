import type { JSX } from "preact";

export default function AttendancePage(): JSX.Element {
  return <h1>Attendance</h1>;
}
