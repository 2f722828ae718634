// SPDX-License-Identifier: Apache-2.0

import com.sun.net.httpserver.HttpServer;
import java.io.File;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URL;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A Java program for the engines: threads, code that its runtime compiles while
 * it runs, faults that the runtime handles, garbage, files, HTTP on loopback
 * and programs it starts.  "Work PORT" only serves, for the benchmarks.
 */
public class Work {
	static void check(boolean ok, String what) {
		if (ok)
			return;
		System.err.println("harmed: " + what);
		Runtime.getRuntime().halt(99);
	}

	static void passed(String what) {
		System.out.println("ok " + what);
	}

	static HttpServer serve(int port) throws Exception {
		InetAddress here = InetAddress.getByName("127.0.0.1");
		HttpServer server =
			HttpServer.create(new InetSocketAddress(here, port), 0);

		server.createContext("/", exchange -> {
			byte[] body = ("hello " + exchange.getRequestURI())
					      .getBytes();
			exchange.sendResponseHeaders(200, body.length);
			exchange.getResponseBody().write(body);
			exchange.close();
		});
		server.setExecutor(Executors.newFixedThreadPool(8));
		server.start();
		return server;
	}

	static void threads() throws Exception {
		AtomicInteger sum = new AtomicInteger();
		List<Thread> all = new ArrayList<>();

		for (int i = 0; i < 50; i++) {
			Thread thread = new Thread(() -> {
				for (int n = 0; n < 1000; n++)
					sum.incrementAndGet();
				Thread.yield();
			});
			all.add(thread);
			thread.start();
		}
		for (Thread thread : all)
			thread.join();
		check(sum.get() == 50000, "the sum of all threads");
		passed("threads");
	}

	/* A null is found by a fault, once the method is compiled. */
	static int faults(int[] numbers) {
		try {
			return numbers[0];
		} catch (NullPointerException e) {
			return -1;
		}
	}

	static void compiled() {
		int found = 0;

		for (int i = 0; i < 200000; i++)
			found += faults(i % 1000 == 0 ? null : new int[] {1});
		check(found == 200000 - 2 * 200, "faults");
		passed("compiled code and faults");
	}

	static void files() throws Exception {
		File file = File.createTempFile("spoor", "work");

		for (int i = 0; i < 100; i++) {
			Files.write(file.toPath(), ("text " + i).getBytes());
			check(new String(Files.readAllBytes(file.toPath()))
					.equals("text " + i), "a file");
		}
		check(file.delete(), "a file's end");
		passed("files");
	}

	static void requests() throws Exception {
		HttpServer server = serve(0);
		int port = server.getAddress().getPort();

		for (int i = 0; i < 50; i++) {
			URL url = new URL("http://127.0.0.1:" + port + "/" + i);
			try (InputStream in = url.openStream()) {
				check(new String(in.readAllBytes())
						.equals("hello /" + i), "an answer");
			}
		}
		server.stop(0);
		passed("requests");
	}

	static void programs() throws Exception {
		for (int i = 0; i < 5; i++) {
			Process process = new ProcessBuilder("/bin/sh", "-c",
					"exit 7").start();
			check(process.waitFor() == 7, "an exit code");
		}
		passed("programs");
	}

	public static void main(String[] args) throws Exception {
		if (args.length > 0) {
			serve(Integer.parseInt(args[0]));
			return;
		}
		threads();
		compiled();
		files();
		requests();
		programs();
		System.gc();
		System.exit(0);
	}
}
