"""The distributed engine over a real node, where KLIPING_TEST_OPENSEARCH names one; see `node`."""
