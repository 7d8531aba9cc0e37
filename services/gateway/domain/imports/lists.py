"""Which rows does a list hold, whatever a spreadsheet program saved it as?"""

from services.gateway.domain.imports.tables import LARGEST, Table, TableError, Written, read_table
from services.gateway.domain.imports.workbooks import is_workbook, read_workbook


def read_list(content: bytes, said: Written | None = None) -> Table:
    """The list in a file, a workbook or CSV; TableError says what to do about it."""
    said = said or Written()
    if len(content) > LARGEST:
        raise TableError(f"is larger than {LARGEST // 1024 // 1024} MiB: split it")
    if is_workbook(content):
        return read_workbook(content, said)
    return read_table(content, said.encoding, said.separator)
